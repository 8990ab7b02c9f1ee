create table product (name varchar(40) primary key, price int not null);
insert into product values ('bicycle', 900), ('umbrella', 20);
